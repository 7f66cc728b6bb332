using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Parsing;

/// <summary>Metadata names of the types that the generator looks for.</summary>
internal static class KnownNames
{
    public const string ChannelMessage = "IpMpsc.ChannelMessageAttribute";
    public const string Message = "IpMpsc.IChannelMessage`1";
    public const string ImageMessage = "IpMpsc.Blocks.IImageMessage`1";
    public const string ChannelProtocol = "IpMpsc.ChannelProtocolAttribute";
    public const string ChannelAddress = "IpMpsc.ChannelAddress";
    public const string Since = "IpMpsc.SinceAttribute";
    public const string Obsolete = "System.ObsoleteAttribute";
    public const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    public const string MessageLayout = "IpMpsc.Wire.MessageLayoutAttribute";
    public const string ChannelStruct = "IpMpsc.ChannelStructAttribute";
    public const string Utf16 = "IpMpsc.Utf16Attribute";
    public const string StructLayout = "System.Runtime.InteropServices.StructLayoutAttribute";
    public const string InlineArray = "System.Runtime.CompilerServices.InlineArrayAttribute";
}
