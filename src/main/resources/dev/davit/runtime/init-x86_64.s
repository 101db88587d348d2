# What every process of a container is first: argv is { name, path, argv[0], argv[1], … }, and the name says what it does.
#   davit-init   PID 1 of a container with `init: true`: runs the program as its only child, forwards signals to it, reaps
#                whatever is orphaned, and ends as it ends. It is started with all signals blocked, so that one sent to it
#                before it waits for signals is not lost.
#   davit-exec   becomes the program. Descriptor 4 is a pipe that ends when it has, and else gets { 0, errno }.
#   davit-enter  makes a child in the PID namespace that was chosen with setns(2), which becomes the program and is a child
#                of the engine, as this is. Descriptor 4 gets { pid, 0 }, or { pid or 0, errno }.
# A whole ELF file: the engine keeps it in a sealed memfd and starts it by execveat(2), so no image holds it, and a process
# that is about to become a stranger's program has no file of the host as its /proc/self/exe.
        .intel_syntax noprefix
elf:    .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 62                   # ET_EXEC, EM_X86_64
        .long   1
        .quad   0x400078, 64, 0         # entry, program headers, no sections
        .long   0
        .short  64, 56, 1, 0, 0, 0
        .long   1, 5                    # PT_LOAD, r-x
        .quad   0, 0x400000, 0x400000, end - elf, end - elf, 0x1000
start:  mov     r12, [rsp]              # argc
        lea     r13, [rsp + 8]          # argv
        lea     r14, [rsp + r12 * 8 + 16]
        mov     rbx, r14
skip:   mov     rax, [rbx]              # the environment, then the auxiliary vector: getauxval(3)
        add     rbx, 8
        test    rax, rax
        jnz     skip
aux:    mov     rax, [rbx]
        test    rax, rax
        jz      foreign
        cmp     rax, 31                 # AT_EXECFN: "/dev/fd/3" if the engine started this, else the path of a script
        je      named                   # whose interpreter is /proc/self/exe, which would start this without end
        add     rbx, 16
        jmp     aux
named:  mov     rax, [rbx + 8]
        movabs  rcx, 0x2f64662f7665642f # "/dev/fd/"
        cmp     [rax], rcx
        jne     foreign
        cmp     word ptr [rax + 8], 0x33
        jne     foreign
        sub     rsp, 256                # 0 all signals, 8 no signals, 16 status or pid and errno, 24 pid, 32 siginfo
        mov     qword ptr [rsp], -1
        mov     qword ptr [rsp + 8], 0
        mov     rax, [r13]              # "davit-init", "davit-exec" or "davit-enter"
        cmp     byte ptr [rax + 6], 0x69
        je      init
        movzx   ebx, byte ptr [rax + 7] # 'x' or 'n'
        mov     eax, 72                 # fcntl(4, F_SETFD, FD_CLOEXEC)
        mov     edi, 4
        mov     esi, 2
        mov     edx, 1
        syscall
        test    rax, rax
        jns     closes
        mov     eax, 3                  # a filter forbids it: close(4), and nothing is told
        syscall
closes: mov     qword ptr [rsp + 16], 0
        cmp     ebx, 0x78
        je      become
        mov     eax, 56                 # clone(CLONE_VM|CLONE_VFORK|CLONE_PARENT|SIGCHLD): sleeps until the child is the program
        mov     edi, 0xc111
        xor     esi, esi
        xor     edx, edx
        xor     r10d, r10d
        xor     r8d, r8d
        syscall
        test    rax, rax
        jz      inside
        js      failed
        mov     [rsp + 16], eax
        jmp     tell
inside: mov     eax, 112                # setsid()
        syscall
        mov     eax, 16                 # ioctl(0, TIOCSCTTY, 0): no matter if stdin is no terminal
        xor     edi, edi
        mov     esi, 0x540e
        xor     edx, edx
        syscall
        call    execve
        neg     eax
        mov     [rsp + 20], eax         # the parent's memory as well
        mov     edi, 127
        mov     eax, 60                 # exit(127)
        syscall
become: call    execve
failed: neg     eax
        mov     [rsp + 20], eax
tell:   mov     eax, 1                  # write(4, { pid, errno }, 8)
        mov     edi, 4
        lea     rsi, [rsp + 16]
        mov     edx, 8
        syscall
        mov     edi, 127
        jmp     leave
execve: mov     eax, 59                 # execve(argv[1], argv + 2, envp)
        mov     rdi, [r13 + 8]
        lea     rsi, [r13 + 16]
        mov     rdx, r14
        syscall
        ret
foreign:
        mov     eax, 1                  # write(2, …)
        mov     edi, 2
        lea     rsi, [rip + words]
        mov     edx, end - words
        syscall
        mov     edi, 126
        jmp     leave
init:
        mov     eax, 56                 # clone(SIGCHLD): fork
        mov     edi, 17
        xor     esi, esi
        xor     edx, edx
        xor     r10d, r10d
        xor     r8d, r8d
        syscall
        test    rax, rax
        js      lost
        jz      child
        mov     r15, rax
wait:   mov     eax, 128                # rt_sigtimedwait(all, info, NULL, 8)
        mov     rdi, rsp
        lea     rsi, [rsp + 32]
        xor     edx, edx
        mov     r10d, 8
        syscall
        test    eax, eax
        jle     wait
        cmp     eax, 17
        je      reap
        mov     esi, eax                # kill(child, signal)
        mov     edi, r15d
        mov     eax, 62
        syscall
        jmp     wait
reap:   mov     eax, 61                 # wait4(-1, status, WNOHANG, NULL)
        mov     rdi, -1
        lea     rsi, [rsp + 16]
        mov     edx, 1
        xor     r10d, r10d
        syscall
        test    eax, eax
        jle     wait
        cmp     eax, r15d
        jne     reap
        mov     edi, [rsp + 16]
        mov     eax, edi
        and     eax, 0x7f
        jz      exited
        lea     edi, [rax + 128]
        jmp     leave
exited: shr     edi, 8
        and     edi, 0xff
leave:  mov     eax, 231                # exit_group(status)
        syscall
child:  mov     eax, 109                # setpgid(0, 0)
        xor     edi, edi
        xor     esi, esi
        syscall
        mov     eax, 39                 # getpid()
        syscall
        mov     [rsp + 24], eax
        mov     eax, 16                 # ioctl(0, TIOCSPGRP, &pid): no matter if stdin is no terminal
        xor     edi, edi
        mov     esi, 0x5410
        lea     rdx, [rsp + 24]
        syscall
        mov     eax, 3                  # close(4): the terminal's other end, kept by its keeper
        mov     edi, 4
        syscall
        mov     eax, 14                 # rt_sigprocmask(SIG_SETMASK, none, NULL, 8)
        mov     edi, 2
        lea     rsi, [rsp + 8]
        xor     edx, edx
        mov     r10d, 8
        syscall
        call    execve
lost:   mov     edi, 127
        cmp     rax, -2                 # ENOENT
        je      leave
        dec     edi
        jmp     leave
words:  .ascii  "davit: the interpreter of this script is /proc/self/exe, which is no program of the container\n"
end:
