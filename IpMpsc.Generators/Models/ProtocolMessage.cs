namespace IpMpsc.Generators.Models;

/// <summary>A message of a protocol.</summary>
/// <param name="TypeName">Fully qualified C# name.</param>
/// <param name="Name">What it is called in the members of the protocol.</param>
/// <param name="Id">Id that each record carries.</param>
/// <param name="IsFixedSize">Whether it is claimed without any sizes.</param>
internal sealed record ProtocolMessage(string TypeName, string Name, ushort Id, bool IsFixedSize);
