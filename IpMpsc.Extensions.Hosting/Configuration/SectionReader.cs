using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace IpMpsc.Extensions.Hosting.Configuration;

/// <summary>
/// Reads a section of the configuration key by key, and notes each value that is wrong and each key that nobody reads:
/// a misspelt key would otherwise be ignored in silence. It needs no reflection.
/// </summary>
/// <param name="section">The section.</param>
/// <param name="path">Its full key.</param>
/// <param name="faults">Takes a sentence for each mistake; it begins with the full key.</param>
internal sealed class SectionReader(IConfiguration section, string path, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public bool TryText(string key, [NotNullWhen(true)] out string? value)
    {
        _known.Add(key);
        value = section[key];
        return !string.IsNullOrEmpty(value);
    }

    public bool TryBoolean(string key, out bool value) => TryRead(key, bool.TryParse, "true or false", out value);

    public bool TryInteger(string key, out int value) => TryRead(key, ParseInteger, "a whole number", out value);

    public bool TrySize(string key, out long value) =>
        TryRead(key, ByteSize.TryParse, "a number of bytes, such as 1048576 or \"1 MiB\"", out value);

    public bool TryNumber(string key, out double value) => TryRead(key, ParseNumber, "a number, such as 0.8", out value);

    public bool TryTime(string key, out TimeSpan value) =>
        TryRead(key, ParseTime, "a time, such as \"00:00:05\" or \"00:00:00.100\"", out value);

    public bool TryWaitStrategy(string key, out WaitStrategy value) => TryRead(
        key, ParseWaitStrategy, "Adaptive, SpinOnly, BlockOnly or a time such as \"SpinFor(00:00:00.000020)\"", out value);

    public bool TrySharing(string key, [NotNullWhen(true)] out ChannelSharing? value) =>
        TryReadObject(key, AccessText.TryParse, AccessText.ExpectedSharing, out value);

    public bool TryOwners(string key, [NotNullWhen(true)] out IReadOnlyList<ChannelOwner>? value) =>
        TryReadObject(key, AccessText.TryParse, AccessText.ExpectedOwners, out value);

    public bool TryEnum<T>(string key, out T value) where T : struct, Enum => TryRead(
        key, ParseEnum, "one of " + string.Join(", ", Enum.GetNames<T>()), out value);

    /// <summary>A section in the section; its keys are not reported by this reader.</summary>
    public SectionReader Section(string key)
    {
        _known.Add(key);
        return new SectionReader(section.GetSection(key), ConfigurationPath.Combine(path, key), faults);
    }

    /// <summary>Notes each key that was not asked for. Comes after all questions.</summary>
    public void ReportUnknownKeys()
    {
        foreach (IConfigurationSection child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            faults.Add($"{path}:{child.Key} is not an option. The options are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    private delegate bool Parser<T>(string text, out T value);

    private bool TryRead<T>(string key, Parser<T> parse, string expected, out T value) where T : struct
    {
        value = default;
        return TryText(key, out string? text) && (parse(text, out value) || Refuse(key, text, expected));
    }

    private bool TryReadObject<T>(string key, Parser<T?> parse, string expected, [NotNullWhen(true)] out T? value) where T : class
    {
        value = null;
        return TryText(key, out string? text) && (parse(text, out value) || Refuse(key, text, expected)) && value is not null;
    }

    private bool Refuse(string key, string text, string expected)
    {
        faults.Add($"{path}:{key} is '{text}', but must be {expected}.");
        return false;
    }

    private static bool ParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    private static bool ParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool ParseTime(string text, out TimeSpan value) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool ParseWaitStrategy(string text, out WaitStrategy value) => WaitStrategy.TryParse(text, null, out value);

    /// <summary>A name; numbers are refused, because Enum.TryParse takes any.</summary>
    private static bool ParseEnum<T>(string text, out T value) where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]);
}
