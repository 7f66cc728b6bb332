using System.Collections.Immutable;

namespace IpMpsc.Generators.Models;

/// <summary>Makes equatable arrays.</summary>
internal static class EquatableArray
{
    public static EquatableArray<T> Of<T>(params T[] items) where T : System.IEquatable<T> => new(ImmutableArray.Create(items));
}
