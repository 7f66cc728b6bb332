namespace IpMpsc.Opening;

/// <summary>Reads texts such as "Group:market", by which configuration files say who may do what.</summary>
internal static class WordAndName
{
    /// <summary>The word before the colon in upper case, since its case does not matter, and the name behind it.</summary>
    public static (string Word, string Name) Split(string? text)
    {
        string[] parts = (text ?? "").Split(':', 2);
        return (parts[0].Trim().ToUpperInvariant(), parts.Length > 1 ? parts[1].Trim() : "");
    }
}
