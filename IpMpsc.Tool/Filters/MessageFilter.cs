using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Filters;

/// <summary>Chooses messages by their type and their fields.</summary>
internal sealed class MessageFilter
{
    private readonly HashSet<SchemaMessage>? _types;
    private readonly ByType<MessageTest>? _where;

    /// <param name="types">Names of the types that are wanted, in full or their last part; empty for all.</param>
    /// <param name="where">A condition, or null.</param>
    /// <param name="decoders">The channels.</param>
    /// <exception cref="ToolException">There is no such type, or the condition is wrong.</exception>
    public MessageFilter(IReadOnlyCollection<string> types, string? where, IReadOnlyCollection<MessageDecoder> decoders)
    {
        SchemaMessage[] known = [.. decoders.SelectMany(static decoder => decoder.Types)];
        _types = types.Count == 0 ? null : [.. types.SelectMany(type => Named(type, known))];
        _where = where is null
            ? null
            : new ByType<MessageTest>("--where", decoders, Wants, type => FilterParser.Parse(where, type));
    }

    /// <summary>Whether messages of a type may be wanted.</summary>
    public bool Wants(SchemaMessage type) => _types is null || _types.Contains(type);

    /// <summary>Whether all messages are wanted, so that they need not be decoded.</summary>
    public bool IsEmpty => _types is null && _where is null;

    /// <summary>Whether a message is wanted.</summary>
    public bool Matches(in DecodedMessage message)
    {
        bool isOfType = message.Type is { } type ? Wants(type) : _types is null;
        return isOfType && (_where is null || (_where.For(in message) is { } test && test(in message)));
    }

    /// <summary>Whether a message of a channel is wanted; it is decoded only if that matters.</summary>
    public bool Matches(MessageDecoder decoder, PeekedMessage message)
    {
        if (IsEmpty)
        {
            return true;
        }

        DecodedMessage decoded = decoder.Decode(message);
        return Matches(in decoded);
    }

    private static SchemaMessage[] Named(string name, SchemaMessage[] known)
    {
        SchemaMessage[] found = [.. known.Where(type => type.Name == name || type.Name.EndsWith($".{name}", StringComparison.Ordinal))];
        if (found.Length > 0)
        {
            return found;
        }

        string[] names = [.. known.Select(static type => type.Name)];
        string? nearest = Nearest.To(name, [.. names, .. names.Select(static full => full[(full.LastIndexOf('.') + 1)..])]);
        string has = names.Length == 0 ? "the channel carries raw bytes" : $"the channel has {string.Join(", ", names.Distinct())}";
        throw new ToolException(ExitCode.Usage, $"--type: There is no message '{name}'; {has}.{Nearest.Hint(nearest)}", ("suggestion", nearest));
    }
}
