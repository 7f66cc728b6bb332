using IpMpsc.Ring;

namespace IpMpsc.Platform;

/// <summary>
/// Stands for the library's class of this name. The depth of a stack depends on how far the compiler has optimised the code, and runs must be
/// alike: here a thread has one address.
/// </summary>
internal static class StackAddress
{
    public static nuint Of(ref byte local) => (nuint)ThreadToken.Current << 20;
}
