using Exploring.Engine;

namespace Exploring;

/// <summary>All programs that are explored.</summary>
internal static class ProgramList
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(ProgramList).Assembly.GetTypes()
            .Where(static type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Program)) && type.Namespace == "Exploring.Programs")
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];
}
