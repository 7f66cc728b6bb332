namespace IpMpsc.Generators.Models;

/// <summary>An element of a tuple.</summary>
/// <param name="Slot">The C# type of its slot.</param>
/// <param name="Codec">The C# type that writes and reads it.</param>
internal sealed record TupleElementModel(string Slot, string Codec);
