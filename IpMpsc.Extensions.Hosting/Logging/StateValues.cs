using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>What is known about a type of state, found out once: whether it has named values, and who renders its template.</summary>
/// <typeparam name="TState">What a logger was given.</typeparam>
internal static class StateValues<TState>
{
    /// <summary>
    /// Whether the state renders its template as .NET does, so that this library may do it in its place, without a
    /// string. That is so for the states of <see cref="LoggerExtensions"/> and <see cref="LoggerMessage"/>.
    /// </summary>
    public static readonly bool RendersTemplate = typeof(TState).Assembly == typeof(ILogger).Assembly;

    private static readonly bool s_hasValues = typeof(IReadOnlyList<KeyValuePair<string, object?>>).IsAssignableFrom(typeof(TState));

    [ThreadStatic]
    private static object? t_box;

    /// <summary>The named values of a state, or null if it has none.</summary>
    /// <remarks>
    /// A state is mostly a struct, and to see it as a list is to box it. Each thread has one box for each type of
    /// state and copies the state into it. <see cref="Forget"/> clears the box.
    /// </remarks>
    public static IReadOnlyList<KeyValuePair<string, object?>>? Of(TState state)
    {
        if (!s_hasValues || !typeof(TState).IsValueType)
        {
            return state as IReadOnlyList<KeyValuePair<string, object?>>;
        }

        object box = t_box ??= CheckedBox(state);
        t_box = null; // A value that logs while it is being logged needs another one.
        ContentOf(box) = state;
        return (IReadOnlyList<KeyValuePair<string, object?>>)box;
    }

    /// <summary>Takes the list back, which its state must not outlive.</summary>
    public static void Forget(IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        if (s_hasValues && typeof(TState).IsValueType && values is not null)
        {
            ContentOf(values) = default!;
            t_box = values;
        }
    }

    private static object CheckedBox(TState state)
    {
        object box = state!;
        Debug.Assert(box.GetType() == typeof(TState), "A boxed Nullable would be something else.");
        return box;
    }

    /// <summary>What <see cref="Unsafe.Unbox{T}"/> does, for a type that is known to be a struct but not to the compiler.</summary>
    private static ref TState ContentOf(object box) => ref Unsafe.As<byte, TState>(ref Unsafe.As<Box>(box).Content);

    private sealed class Box
    {
        public byte Content;
    }
}
