namespace IpMpsc.Generators.Models;

/// <summary>A struct that lies in the ring as it lies in memory.</summary>
/// <param name="TypeName">Fully qualified C# name.</param>
/// <param name="Size">Bytes that the generator has computed for it.</param>
internal sealed record StructImage(string TypeName, int Size);
