using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Filters;

/// <summary>Whether a message is wanted.</summary>
internal delegate bool MessageTest(in DecodedMessage message);
