namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>A field as a schema text describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Offset">Bytes from the start of the fixed block.</param>
internal sealed record BaselineField(string Name, string Type, int Offset);
