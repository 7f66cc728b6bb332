namespace IpMpsc.Tests.Support;

/// <summary>Reads files that other processes have open, with the sharing mode that Windows needs.</summary>
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
