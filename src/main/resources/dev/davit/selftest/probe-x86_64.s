# What a self test runs inside of a container: makes the system calls of a table that follows the code, one
# after the other. The last ones of every table write the table to descriptor 1 and end the process.
# A row has 80 bytes: number, six arguments, result, where the result goes too, whether the call is made by the
# 32-bit ABI (int 0x80; addresses are below 4 GiB for that).
# A whole static ELF file: the table, memory behind it and both sizes of the segment are added by Java.
        .intel_syntax noprefix
elf:    .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 62                   # ET_EXEC, EM_X86_64
        .long   1
        .quad   0x10000078, 64, 0       # entry, program headers, no sections
        .long   0
        .short  64, 56, 1, 0, 0, 0
        .long   1, 7                    # PT_LOAD, rwx
        .quad   0, 0x10000000, 0x10000000, 0, 0, 0x1000
start:  lea     r12, [rip + table]
next:   mov     rax, [r12]
        mov     rdi, [r12 + 8]
        mov     rsi, [r12 + 16]
        mov     rdx, [r12 + 24]
        cmp     qword ptr [r12 + 72], 0
        jne     old
        mov     r10, [r12 + 32]
        mov     r8, [r12 + 40]
        mov     r9, [r12 + 48]
        syscall
        jmp     store
old:    mov     ebx, edi
        mov     ecx, esi
        mov     esi, [r12 + 32]
        mov     edi, [r12 + 40]
        mov     ebp, [r12 + 48]
        int     0x80
        movsxd  rax, eax
store:  mov     [r12 + 56], rax
        mov     rcx, [r12 + 64]
        mov     [rcx], rax
        add     r12, 80
        jmp     next
        .balign 8
table:
