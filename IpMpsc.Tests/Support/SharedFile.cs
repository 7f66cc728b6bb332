namespace IpMpsc.Tests.Support;

/// <summary>Files that others have open, as they must be opened on Windows.</summary>
internal static class SharedFile
{
    public static byte[] ReadAllBytes(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
