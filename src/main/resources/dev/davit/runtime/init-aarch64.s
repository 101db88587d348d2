// What every process of a container is first; see init-x86_64.s.
elf:    .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 183                  // ET_EXEC, EM_AARCH64
        .word   1
        .quad   0x400078, 64, 0         // entry, program headers, no sections
        .word   0
        .short  64, 56, 1, 0, 0, 0
        .word   1, 5                    // PT_LOAD, r-x
        .quad   0, 0x400000, 0x400000, end - elf, end - elf, 0x10000
start:  ldr     x19, [sp]               // argc
        add     x20, sp, #8             // argv
        add     x21, x20, x19, lsl #3
        add     x21, x21, #8            // envp
        mov     x9, x21
skip:   ldr     x10, [x9], #8           // the environment, then the auxiliary vector: getauxval(3)
        cbnz    x10, skip
aux:    ldp     x10, x11, [x9], #16
        cbz     x10, foreign
        cmp     x10, #31                // AT_EXECFN
        b.ne    aux
        ldr     x12, [x11]
        movz    x13, #0x642f            // "/dev/fd/"
        movk    x13, #0x7665, lsl #16
        movk    x13, #0x662f, lsl #32
        movk    x13, #0x2f64, lsl #48
        cmp     x12, x13
        b.ne    foreign
        ldrh    w12, [x11, #8]
        cmp     w12, #0x33
        b.ne    foreign
        sub     sp, sp, #256            // 0 all signals, 8 no signals, 16 status or pid and errno, 24 pid, 32 siginfo
        mov     x9, #-1
        str     x9, [sp]
        str     xzr, [sp, #8]
        ldr     x9, [x20]               // "davit-init", "davit-exec" or "davit-enter"
        ldrb    w10, [x9, #6]
        cmp     w10, #0x69
        b.eq    init
        ldrb    w23, [x9, #7]           // 'x' or 'n'
        mov     x8, #25                 // fcntl(4, F_SETFD, FD_CLOEXEC)
        mov     x0, #4
        mov     x1, #2
        mov     x2, #1
        svc     #0
        tbz     x0, #63, closes
        mov     x8, #57                 // a filter forbids it: close(4), and nothing is told
        mov     x0, #4
        svc     #0
closes: str     xzr, [sp, #16]
        cmp     w23, #0x78
        b.eq    become
        mov     x8, #220                // clone(CLONE_VM|CLONE_VFORK|CLONE_PARENT|SIGCHLD): sleeps until the child is the program
        mov     x0, #0xc111
        mov     x1, #0
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        svc     #0
        cbz     x0, inside
        tbnz    x0, #63, failed
        str     w0, [sp, #16]
        b       tell
inside: mov     x8, #157                // setsid()
        svc     #0
        mov     x8, #29                 // ioctl(0, TIOCSCTTY, 0): no matter if stdin is no terminal
        mov     x0, #0
        mov     x1, #0x540e
        mov     x2, #0
        svc     #0
        bl      execve
        neg     w0, w0
        str     w0, [sp, #20]           // the parent's memory as well
        mov     x0, #127
        mov     x8, #93                 // exit(127)
        svc     #0
become: bl      execve
failed: neg     w0, w0
        str     w0, [sp, #20]
tell:   mov     x8, #64                 // write(4, { pid, errno }, 8)
        mov     x0, #4
        add     x1, sp, #16
        mov     x2, #8
        svc     #0
        mov     x0, #127
        b       leave
execve: mov     x8, #221                // execve(argv[1], argv + 2, envp)
        ldr     x0, [x20, #8]
        add     x1, x20, #16
        mov     x2, x21
        svc     #0
        ret
foreign:
        mov     x8, #64                 // write(2, …)
        mov     x0, #2
        adr     x1, words
        mov     x2, #end - words
        svc     #0
        mov     x0, #126
        b       leave
init:
        mov     x8, #220                // clone(SIGCHLD): fork
        mov     x0, #17
        mov     x1, #0
        mov     x2, #0
        mov     x3, #0
        mov     x4, #0
        svc     #0
        tbnz    x0, #63, lost
        cbz     x0, child
        mov     x22, x0
wait:   mov     x8, #137                // rt_sigtimedwait(all, info, NULL, 8)
        mov     x0, sp
        add     x1, sp, #32
        mov     x2, #0
        mov     x3, #8
        svc     #0
        cmp     w0, #0
        b.le    wait
        cmp     w0, #17
        b.eq    reap
        mov     w1, w0                  // kill(child, signal)
        mov     w0, w22
        mov     x8, #129
        svc     #0
        b       wait
reap:   mov     x8, #260                // wait4(-1, status, WNOHANG, NULL)
        mov     x0, #-1
        add     x1, sp, #16
        mov     x2, #1
        mov     x3, #0
        svc     #0
        cmp     w0, #0
        b.le    wait
        cmp     w0, w22
        b.ne    reap
        ldr     w0, [sp, #16]
        ands    w9, w0, #0x7f
        b.eq    exited
        add     w0, w9, #128
        b       leave
exited: ubfx    w0, w0, #8, #8
leave:  mov     x8, #94                 // exit_group(status)
        svc     #0
child:  mov     x8, #154                // setpgid(0, 0)
        mov     x0, #0
        mov     x1, #0
        svc     #0
        mov     x8, #172                // getpid()
        svc     #0
        str     w0, [sp, #24]
        mov     x8, #29                 // ioctl(0, TIOCSPGRP, &pid): no matter if stdin is no terminal
        mov     x0, #0
        mov     x1, #0x5410
        add     x2, sp, #24
        svc     #0
        mov     x8, #57                 // close(4): the terminal's other end, kept by its keeper
        mov     x0, #4
        svc     #0
        mov     x8, #135                // rt_sigprocmask(SIG_SETMASK, none, NULL, 8)
        mov     x0, #2
        add     x1, sp, #8
        mov     x2, #0
        mov     x3, #8
        svc     #0
        bl      execve
lost:   cmn     x0, #2                  // ENOENT
        mov     w0, #126
        cinc    w0, w0, eq
        b       leave
words:  .ascii  "davit: the interpreter of this script is /proc/self/exe, which is no program of the container\n"
end:
