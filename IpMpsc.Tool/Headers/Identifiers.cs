using System.Globalization;
using System.Text;

namespace IpMpsc.Tool.Headers;

/// <summary>
/// Turns names of messages and fields into names of C and Python: <c>Demo.VideoFrame</c> into <c>demo_video_frame</c>. Each
/// name of a scope is given once.
/// </summary>
internal sealed class Identifiers(IReadOnlySet<string> reserved)
{
    /// <summary>Words that cannot be names in C, in C++ or beside the standard headers.</summary>
    public static readonly IReadOnlySet<string> OfC = new HashSet<string>(
        ("alignas alignof and asm auto bool break case catch char class concept const constexpr continue default delete do double else enum " +
        "explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not nullptr operator or private " +
        "protected public register requires restrict return short signed sizeof static struct switch template this thread_local throw true try " +
        "typedef typeid typename union unsigned using virtual void volatile while xor offsetof linux unix").Split(' '));

    /// <summary>Words that cannot be names in Python, and those that the generated classes use.</summary>
    public static readonly IReadOnlySet<string> OfPython = new HashSet<string>(
        ("and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal " +
        "not or pass raise return try while with yield None True False self cls from_fields to_fields from_payload to_payload").Split(' '));

    private readonly HashSet<string> _given = [];

    /// <summary>A name that nothing else in the scope has.</summary>
    public string Give(string name)
    {
        string wanted = reserved.Contains(name) ? name + "_" : name;
        string free = wanted;
        for (int number = 2; !_given.Add(free); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        return free;
    }

    /// <summary>Words in small letters, joined by underscores.</summary>
    public static string Snake(string name)
    {
        StringBuilder text = new();
        for (int at = 0; at < name.Length; at++)
        {
            bool begins = char.IsUpper(name[at]) && at > 0 && char.IsLetterOrDigit(name[at - 1])
                && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            text.Append(begins ? "_" : "").Append(Letter(char.ToLowerInvariant(name[at])));
        }

        return char.IsAsciiDigit(text[0]) ? $"_{text}" : text.ToString();
    }

    /// <summary>Words with a capital each, joined by nothing: the name of a class.</summary>
    public static string Pascal(string name)
    {
        string letters = string.Concat(name.Select(Letter));
        return char.IsAsciiLetter(letters[0]) ? char.ToUpperInvariant(letters[0]) + letters[1..] : $"T{letters}";
    }

    private static string Letter(char letter) => char.IsAsciiLetterOrDigit(letter) ? letter.ToString()
        : letter is '.' or '_' or '-' ? "_"
        : string.Create(CultureInfo.InvariantCulture, $"u{(int)letter:x4}");
}
