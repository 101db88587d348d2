// An ELF file around the two AArch64 stubs, for qemu-user, which has no clone3: it asks for its pid through the one,
// sees clone3 refused by the other, and then runs rows where the child would. It exits with the result of a write.
elf:    .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 183
        .word   1
        .quad   0x400078, 64, 0
        .word   0
        .short  64, 56, 1, 0, 0, 0
        .word   1, 7
        .quad   0, 0x400000, 0x400000, end - elf, end - elf, 0x10000
        adr     x0, getpid
        bl      syscall
        cmp     x0, #0
        b.le    wrong
        mov     x21, #11                // both registers are the caller's
        mov     x20, #12
        adr     x0, block
        bl      launch
        cmn     x0, #38                 // -ENOSYS
        b.ne    wrong
        cmp     x20, #12
        b.ne    wrong
        adr     x19, block
        b       child
wrong:  mov     x0, #99
        mov     x8, #93
        svc     #0
syscall:
        .include "linux/syscall-aarch64.s"
launch:
        .include "program/stub-aarch64.s"
        .balign 8
getpid: .quad   172, 0, 0, 0, 0, 0, 0
text:   .ascii  "hello\n"
none:   .asciz  "/no/such"
        .balign 8
cells:  .quad   0, 0
block:  .quad   -1, 0
        .fill   12, 8, 0
rows:   .quad   49, 0x400000 + none - elf, 0, 0, 0, 0, 0, 0x400000 + cells - elf, 1 << 2
        .quad   64, 1, 0x400000 + text - elf, 6, 0, 0, 0, 0x400000 + status - elf, 0
        .quad   93
status: .quad   77, 0, 0, 0, 0, 0, 0x400000 + cells - elf, 0
end:
