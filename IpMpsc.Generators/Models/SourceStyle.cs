namespace IpMpsc.Generators.Models;

/// <summary>How a compilation wants its generated source.</summary>
/// <param name="ExtensionProperties">Whether its language has extension properties.</param>
/// <param name="Documents">Whether it reads documentation. A build that writes none does not, but an IDE does.</param>
internal readonly record struct SourceStyle(bool ExtensionProperties, bool Documents);
