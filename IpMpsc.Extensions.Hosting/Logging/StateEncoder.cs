using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Encodes events whose state has one type. What can be known about the type is determined once.</summary>
/// <remarks>
/// This is a generic type and not a set of generic methods, which would look up what belongs to a type at each call.
/// NativeAOT also fails to make such methods for a state with texts that it first meets at run time.
/// </remarks>
/// <typeparam name="TState">What a logger was given.</typeparam>
internal static class StateEncoder<TState>
{
    /// <summary>
    /// Whether the state renders its template as .NET does, so that this library may do it in its place, without a
    /// string. That is so for the states of <see cref="LoggerExtensions"/> and <see cref="LoggerMessage"/>.
    /// </summary>
    private static readonly bool s_rendersTemplate = typeof(TState).Assembly == typeof(ILogger).Assembly;

    private static readonly bool s_hasValues = typeof(IReadOnlyList<KeyValuePair<string, object?>>).IsAssignableFrom(typeof(TState));

    private static readonly StateLayout s_layout = StateProbe<TState>.Find();

    [ThreadStatic]
    private static object? t_box;

    /// <summary>Makes the payload of an event.</summary>
    /// <param name="encoder">Takes the payload.</param>
    /// <param name="origin">Who logs.</param>
    /// <param name="entry">What is logged.</param>
    /// <param name="scopes">The open scopes; null to leave them out.</param>
    /// <param name="dropped">How many events were dropped before.</param>
    /// <param name="largest">The most bytes that the payload may have.</param>
    /// <returns>False if even the shortened event is larger.</returns>
    public static bool TryEncode(
        LogEventEncoder encoder, LogOrigin origin, in LogEntry<TState> entry, IExternalScopeProvider? scopes, long dropped, int largest)
    {
        encoder.ShortenTo(int.MaxValue);
        Encode(encoder, origin, entry, scopes, dropped);
        for (int parts = 8; encoder.Payload.Length > largest && parts <= 1024; parts *= 4)
        {
            // Each text gets a part of the room. That is enough for all but events with very many values.
            encoder.ShortenTo(Math.Max(largest / parts, 1));
            Encode(encoder, origin, entry, parts == 8 ? scopes : null, dropped);
        }

        return encoder.Payload.Length <= largest;
    }

    private static void Encode(LogEventEncoder encoder, LogOrigin origin, in LogEntry<TState> entry, IExternalScopeProvider? scopes, long dropped)
    {
        encoder.Begin(origin, entry.LogLevel, entry.EventId, dropped);
        TState state = entry.State;
        LogTemplate? template = AddWhole(encoder, ref state) ?? AddValues(encoder, ref state);
        if (template is not { IsUsable: true } || !s_rendersTemplate || !encoder.TryRender(template))
        {
            encoder.WriteMessage(entry.Formatter(entry.State, entry.Exception));
        }

        encoder.End(template, entry.Exception, scopes);
    }

    /// <summary>Adds the values of a state that needs no list.</summary>
    /// <returns>Its template; null if it must be read as a list anyway.</returns>
    private static LogTemplate? AddWhole(LogEventEncoder encoder, ref TState state)
    {
        StateLayout layout = s_layout;
        ref byte bytes = ref Unsafe.As<TState, byte>(ref state);
        if (!layout.IsWhole
            || !encoder.CanAddWhole
            || TemplateCache.OfFormatter(layout.FormatterOf(ref bytes)) is not { } template
            || template.Holes.Length != layout.Slots.Length)
        {
            return null;
        }

        for (int index = 0; index < layout.Slots.Length; index++)
        {
            ref readonly LogTemplate.Hole hole = ref template.Holes[index];
            if (!hole.IsPlain || !layout.TryAddTo(encoder.Fields, hole, ref bytes, index))
            {
                encoder.Fields.Clear();
                return null;
            }
        }

        return template;
    }

    /// <summary>Adds the named values of a state that is a list.</summary>
    /// <returns>The template that the state was given, if it was one.</returns>
    private static LogTemplate? AddValues(LogEventEncoder encoder, ref TState state)
    {
        IReadOnlyList<KeyValuePair<string, object?>>? values = ListOf(state);
        if (values is null)
        {
            return null;
        }

        string? format = null;
        LogTemplate? template = null;
        int count = values.Count;
        if (count > 0 && values[count - 1] is { Key: LogEventEncoder.OriginalFormat, Value: string last })
        {
            format = last;
            template = TemplateCache.Get(last);
            count--;
        }

        // What a plain hole shows can be read without making an object of it.
        StateLayout layout = s_layout;
        ref byte bytes = ref Unsafe.As<TState, byte>(ref state);
        bool isKnown = template is not null && template.Holes.Length == count && layout.Slots.Length == count;
        if (isKnown && layout.FormatterOffset >= 0)
        {
            TemplateCache.Learn(layout.FormatterOf(ref bytes), template!);
        }

        for (int index = 0; index < count; index++)
        {
            if (isKnown && template!.Holes[index] is { IsPlain: true } hole && encoder.CanAddWhole && layout.TryAddTo(encoder.Fields, hole, ref bytes, index))
            {
                continue;
            }

            KeyValuePair<string, object?> value = values[index];
            if (value.Key == LogEventEncoder.OriginalFormat)
            {
                format ??= value.Value as string;
            }
            else
            {
                encoder.AddField(value);
            }
        }

        Forget(values);
        return template ?? (format is null ? null : TemplateCache.Get(format));
    }

    /// <summary>A state as a list, or null if it is not one.</summary>
    /// <remarks>
    /// A state is usually a struct, and viewing a struct as a list boxes it. So each thread has one box for each type of
    /// state and copies the state into it. <see cref="Forget"/> clears the box.
    /// </remarks>
    private static IReadOnlyList<KeyValuePair<string, object?>>? ListOf(TState state)
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
    private static void Forget(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        if (typeof(TState).IsValueType)
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
