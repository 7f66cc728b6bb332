namespace IpMpsc.Generators;

/// <summary>Metadata names of the types that the generator looks for.</summary>
internal static class KnownNames
{
    public const string ChannelMessage = "IpMpsc.ChannelMessageAttribute";
    public const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
    public const string InlineArray = "System.Runtime.CompilerServices.InlineArrayAttribute";
}
