using IpMpsc.Tests.Documentation;

namespace IpMpsc.Native.Tests.Golden;

/// <summary>The segments in <c>native/golden</c>, each with a text beside it that describes its content.</summary>
internal static class GoldenImages
{
    public static string Folder { get; } = Path.Join(Repository.Root, "native/golden");

    /// <summary>Their names without extension.</summary>
    public static string[] Names { get; } =
        [.. Directory.GetFiles(Folder, "*.image").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>What an image contains.</summary>
    public static string TextOf(string name) => File.ReadAllText(Path.Join(Folder, $"{name}.txt"));

    /// <summary>Copies an image, so that it can be opened and changed.</summary>
    public static string CopyTo(string directory, string name)
    {
        string copy = Path.Join(directory, name);
        File.Copy(Path.Join(Folder, $"{name}.image"), copy);
        return copy;
    }
}
