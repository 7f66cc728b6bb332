namespace IpMpsc.Tool.Exporting;

/// <summary>Files that the tool brings along.</summary>
internal static class EmbeddedFile
{
    public static string Read(string name)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
