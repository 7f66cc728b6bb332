namespace IpMpsc.Tool.CommandLine;

/// <summary>What other tools call the commands of this one.</summary>
internal static class OtherNames
{
    private static readonly Dictionary<string, string> s_commands = new()
    {
        ["ls"] = "list",
        ["ps"] = "list",
        ["info"] = "inspect",
        ["show"] = "inspect",
        ["stat"] = "inspect",
        ["status"] = "top",
        ["watch"] = "top",
        ["monitor"] = "top",
        ["tail"] = "tap",
        ["echo"] = "tap",
        ["sub"] = "tap",
        ["subscribe"] = "tap",
        ["take"] = "receive",
        ["consume"] = "receive",
        ["pub"] = "send",
        ["publish"] = "send",
        ["play"] = "replay",
        ["rm"] = "delete",
        ["remove"] = "delete",
        ["metrics"] = "export",
        ["serve"] = "export",
        ["check"] = "doctor",
    };

    /// <summary>The command that does what another tool calls by this name; null if none is known.</summary>
    public static string? Find(string word) => s_commands.GetValueOrDefault(word);
}
