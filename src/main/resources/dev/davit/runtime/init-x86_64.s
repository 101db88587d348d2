# PID 1 of a container with `init: true`: argv is { "davit-init", path, argv[0], argv[1], … }.
# Runs the program as its only child, forwards signals to it, reaps whatever is orphaned, and ends as it ends.
# It is started with all signals blocked, so that one sent to it before it waits for signals is not lost.
# A whole ELF file: the engine keeps it in a sealed memfd and starts it by execveat(2), so no image holds it.
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
        sub     rsp, 256                # 0 all signals, 8 no signals, 16 status, 24 pid, 32 siginfo
        mov     qword ptr [rsp], -1
        mov     qword ptr [rsp + 8], 0
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
        mov     eax, 59                 # execve(argv[1], argv + 2, envp)
        mov     rdi, [r13 + 8]
        lea     rsi, [r13 + 16]
        mov     rdx, r14
        syscall
lost:   mov     edi, 127
        cmp     rax, -2                 # ENOENT
        je      leave
        dec     edi
        jmp     leave
end:
