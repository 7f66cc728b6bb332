using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <summary>
/// How a call waits before it sleeps: polling answers faster, sleeping leaves the processor to others.
/// On a machine with one processor no call polls, because the other side could not run in the meantime.
/// </summary>
/// <remarks>
/// An asynchronous wait also polls before it releases its thread, but for at most 50 microseconds under every
/// strategy, and only while the thread pool has no other work. Every wait polls for its first microsecond, which
/// is less than falling asleep takes. A sender that finds the ring full looks for up to ten microseconds, at
/// increasing intervals.
/// </remarks>
[TypeConverter(typeof(WaitStrategy.Converter))]
public readonly struct WaitStrategy : IEquatable<WaitStrategy>, IParsable<WaitStrategy>
{
    private readonly Kind _kind;
    private readonly TimeSpan _time;

    private WaitStrategy(Kind kind, TimeSpan time)
    {
        _kind = kind;
        _time = time;
    }

    private enum Kind
    {
        Adaptive,
        SpinOnly,
        SpinFor,
    }

    /// <summary>
    /// Polls for up to 50 microseconds, for less after waits that it could not shorten. The default, and
    /// right for nearly every program: an idle participant sleeps, a busy one is answered without a system call.
    /// </summary>
    public static WaitStrategy Adaptive => default;

    /// <summary>
    /// Never sleeps, except on a machine with one processor. The lowest and steadiest latency. It needs a processor of its own,
    /// which is busy even while nothing happens.
    /// </summary>
    public static WaitStrategy SpinOnly { get; } = new(Kind.SpinOnly, default);

    /// <summary>Sleeps at once. For rare messages, or more threads than processors.</summary>
    public static WaitStrategy BlockOnly { get; } = SpinFor(TimeSpan.Zero);

    /// <summary>Polls for a time in each wait, then sleeps.</summary>
    /// <param name="time">On the monotonic clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static WaitStrategy SpinFor(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return new WaitStrategy(Kind.SpinFor, time);
    }

    /// <summary>Reads what <see cref="ToString"/> writes, so that a strategy can stand in a configuration file.</summary>
    /// <param name="s">
    /// "Adaptive", "SpinOnly", "BlockOnly", in any case, or a time to poll for, such as "SpinFor(00:00:00.000020)".
    /// </param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static WaitStrategy Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out WaitStrategy strategy)
        ? strategy
        : throw new FormatException($"'{s}' is not a wait strategy: use Adaptive, SpinOnly, BlockOnly or a time such as SpinFor(00:00:00.000020).");

    /// <summary>Reads what <see cref="ToString"/> writes, if the text is that.</summary>
    /// <param name="s">The text, see <see cref="Parse"/>.</param>
    /// <param name="provider">Not used: the text is the same in every culture.</param>
    /// <param name="result">The strategy, or <see cref="Adaptive"/> if the text is none.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WaitStrategy result)
    {
        ReadOnlySpan<char> text = s.AsSpan().Trim();
        result = default;
        if (Is(text, nameof(Adaptive)))
        {
            return true;
        }

        if (Is(text, nameof(SpinOnly)))
        {
            result = SpinOnly;
            return true;
        }

        if (Is(text, nameof(BlockOnly)))
        {
            result = BlockOnly;
            return true;
        }

        const string start = nameof(SpinFor) + "(";
        if (!text.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(")")
            || !TimeSpan.TryParse(text[start.Length..^1], CultureInfo.InvariantCulture, out TimeSpan time)
            || time < TimeSpan.Zero)
        {
            return false;
        }

        result = SpinFor(time);
        return true;
    }

    /// <summary>Whether both wait alike.</summary>
    public static bool operator ==(WaitStrategy left, WaitStrategy right) => left.Equals(right);

    /// <summary>Whether they wait differently.</summary>
    public static bool operator !=(WaitStrategy left, WaitStrategy right) => !left.Equals(right);

    /// <inheritdoc />
    public bool Equals(WaitStrategy other) => _kind == other._kind && _time == other._time;

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is WaitStrategy other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_kind, _time);

    /// <inheritdoc />
    public override string ToString() => this == BlockOnly ? nameof(BlockOnly)
        : _kind == Kind.SpinFor ? $"{nameof(SpinFor)}({_time})"
        : _kind.ToString();

    /// <summary>Lets configuration bind what <see cref="Parse"/> reads.</summary>
    internal sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
            sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string text ? Parse(text) : base.ConvertFrom(context, culture, value);
    }

    private static bool Is(ReadOnlySpan<char> text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the strategy means to a participant.</summary>
    internal SpinBudget ToBudget() => _kind switch
    {
        Kind.SpinOnly => SpinBudget.Endless,
        Kind.SpinFor => SpinBudget.Fixed((long)Math.Min(_time.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 2)),
        Kind.Adaptive => SpinBudget.Adaptive,
        _ => throw new UnreachableException(),
    };
}
