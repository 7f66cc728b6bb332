using System.Runtime.InteropServices;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>struct sock_filter: an instruction of a seccomp filter.</summary>
/// <param name="Code">What it does.</param>
/// <param name="IfTrue">Instructions that a jump skips if its comparison holds.</param>
/// <param name="IfFalse">Instructions that it skips if not.</param>
/// <param name="Operand">An offset in struct seccomp_data, a value to compare with, or what to return.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    public const ushort LoadWord = 0x20;
    public const ushort JumpIfEqual = 0x15;
    public const ushort Return = 0x06;

    /// <summary>What a filter returns to let a call pass: SECCOMP_RET_ALLOW.</summary>
    public const uint Allow = 0x7FFF_0000;
}
