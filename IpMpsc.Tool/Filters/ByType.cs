using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Filters;

/// <summary>Something that was made from an expression for each type of message that has the fields in it.</summary>
/// <typeparam name="T">What was made.</typeparam>
internal sealed class ByType<T> where T : class
{
    private readonly Dictionary<SchemaMessage, T> _made = [];
    private readonly T? _ofBytes;

    /// <summary>Makes it for each type; types that lack a field are left out, as long as one type has all.</summary>
    /// <param name="option">The option that has the expression, for errors.</param>
    /// <param name="decoders">The channels.</param>
    /// <param name="isWanted">Whether a type counts.</param>
    /// <param name="make">Makes it for a type, or for raw bytes.</param>
    /// <exception cref="ToolException">The expression is wrong, or no type has all of its fields.</exception>
    public ByType(string option, IReadOnlyCollection<MessageDecoder> decoders, Func<SchemaMessage, bool> isWanted, Func<SchemaMessage?, T> make)
    {
        List<(string Type, ExpressionException Error)> unknown = [];
        foreach (SchemaMessage type in decoders.SelectMany(static decoder => decoder.Types).Where(isWanted))
        {
            if (TryMake(type, type.Name) is { } made)
            {
                _made.Add(type, made);
            }
        }

        if (decoders.Any(static decoder => decoder.Types.Count == 0))
        {
            _ofBytes = TryMake(null, "raw bytes");
        }

        if (_made.Count == 0 && _ofBytes is null && unknown is [var first, ..])
        {
            throw unknown.All(item => item.Error.UnknownField == first.Error.UnknownField)
                ? Wrong(unknown.Count == 1 ? first.Error.Message : $"There is no field '{first.Error.UnknownField}' in any of {string.Join(", ", unknown.Select(static item => item.Type))}.", first.Error)
                : Wrong($"No type of message has all of these fields. {first.Error.Message}", first.Error);
        }

        T? TryMake(SchemaMessage? type, string name)
        {
            try
            {
                return make(type);
            }
            catch (ExpressionException error) when (error.UnknownField is not null)
            {
                unknown.Add((name, error));
                return null;
            }
            catch (ExpressionException error)
            {
                throw Wrong(decoders.Sum(static decoder => decoder.Types.Count) > 1 && type is not null ? $"In {name}: {error.Message}" : error.Message, error);
            }
        }

        ToolException Wrong(string text, ExpressionException error) => new(
            ExitCode.Usage, $"{option}, character {error.Position + 1}: {text}", ("option", option), ("character", error.Position + 1), ("field", error.UnknownField));
    }

    /// <summary>What was made for the type of a message; null if the type lacks a field, or the message cannot be decoded.</summary>
    public T? For(in DecodedMessage message) => message switch
    {
        { Problem: not null } => null,
        { Type: { } type } => _made.GetValueOrDefault(type),
        _ => _ofBytes,
    };
}
