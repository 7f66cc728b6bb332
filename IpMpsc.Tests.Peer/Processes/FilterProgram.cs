using System.Runtime.InteropServices;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>struct sock_fprog: a seccomp filter.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct FilterProgram
{
    public ushort Length;
    public FilterInstruction* Instructions;
}
