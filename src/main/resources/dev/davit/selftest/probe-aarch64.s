# As probe-x86_64.s. There is no other ABI for a 64-bit process here: the last word of a row is not looked at.
elf:    .byte   0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0
        .short  2, 183                  // ET_EXEC, EM_AARCH64
        .long   1
        .quad   0x10000078, 64, 0       // entry, program headers, no sections
        .long   0
        .short  64, 56, 1, 0, 0, 0
        .long   1, 7                    // PT_LOAD, rwx
        .quad   0, 0x10000000, 0x10000000, 0, 0, 0x1000
start:  adr     x19, table
next:   ldr     x8, [x19]
        ldp     x0, x1, [x19, #8]
        ldp     x2, x3, [x19, #24]
        ldp     x4, x5, [x19, #40]
        svc     #0
        str     x0, [x19, #56]
        ldr     x1, [x19, #64]
        str     x0, [x1]
        add     x19, x19, #80
        b       next
        .balign 8
table:
