using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Filters;

/// <summary>Reads a value from a message; null if the message does not have it.</summary>
internal delegate object? FieldReader(in DecodedMessage message);
