using System.Globalization;

namespace IpMpsc;

/// <summary>
/// What the bytes of a channel mean, for programs with a format of their own. It is stored in the channel as a schema
/// is: a program that opens the channel with another format is told the difference, instead of receiving bytes that it cannot read.
/// </summary>
public sealed record ByteFormat
{
    /// <summary>The longest <see cref="Name"/> or <see cref="Type"/>, in characters.</summary>
    public const int MaxNameLength = 1000;

    /// <summary>Describes a format.</summary>
    /// <param name="name">Name of the format, such as <c>MemoryPack</c>.</param>
    /// <param name="type">Name of the message type, such as <c>Demo.OrderBook</c>.</param>
    /// <param name="fingerprint">A hash of what the two sides must agree on, such as the names and types of the members; 0 if nothing is to be compared.</param>
    /// <exception cref="ArgumentException">A name is empty, too long, or contains white space or control characters.</exception>
    public ByteFormat(string name, string type, ulong fingerprint = 0)
    {
        ThrowUnlessValid(name, nameof(name));
        ThrowUnlessValid(type, nameof(type));
        Name = name;
        Type = type;
        Fingerprint = fingerprint;
    }

    /// <summary>Name of the format.</summary>
    public string Name { get; }

    /// <summary>Name of the message type.</summary>
    public string Type { get; }

    /// <summary>A hash of what the two sides must agree on.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The line that is stored in the channel.</summary>
    internal string Text => $"format {Name} type {Type} fingerprint {Fingerprint:x16}\n";

    /// <summary>Name and type, for messages.</summary>
    public override string ToString() => $"{Name} of {Type}";

    /// <summary>Whether a text can be a name or a type.</summary>
    internal static bool IsValid(string text) =>
        text.Length is > 0 and <= MaxNameLength && !text.AsSpan().ContainsAnyInRange('\0', ' ') && !text.Any(IsSeparator);

    private static bool IsSeparator(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character);

    private static void ThrowUnlessValid(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text, parameter);
        if (!IsValid(text))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' cannot be stored in a channel: a name has 1 to {MaxNameLength:N0} characters, ") +
                "and no white space, control character or surrogate.",
                parameter);
        }
    }
}
