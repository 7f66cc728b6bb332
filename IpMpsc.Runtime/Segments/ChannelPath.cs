using System.Buffers;
using System.Text;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Turns the name of a channel into the path of its file.</summary>
internal static class ChannelPath
{
    /// <summary>Leaves room, within the 255 bytes of a file name, for what <see cref="TemporaryFile"/> adds.</summary>
    private const int MaxNameBytes = 200;

    private static readonly SearchValues<char> s_separators = SearchValues.Create(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    /// <summary>On Windows they include the colon, which would name a stream within a file, and wildcards.</summary>
    private static readonly SearchValues<char> s_notInFileNames = SearchValues.Create(Path.GetInvalidFileNameChars());

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>A name with a separator is a path and is used as it is. A name without one lies in the runtime directory.</summary>
    /// <exception cref="ArgumentException">No channel can have this name.</exception>
    /// <exception cref="ChannelFault">The runtime directory cannot be used.</exception>
    public static string Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool isPath = name.AsSpan().ContainsAny(s_separators);
        string fileName = isPath ? Path.GetFileName(name) : name;
        if (fileName.Length == 0 || fileName is "." or ".." || name.Contains('\0') || fileName.AsSpan().ContainsAny(s_notInFileNames))
        {
            throw new ArgumentException($"'{name.Replace("\0", "\\0")}' is not the name of a file; a channel is a file.", nameof(name));
        }

        if (Encoding.UTF8.GetByteCount(fileName) is var bytes and > MaxNameBytes)
        {
            throw new ArgumentException($"A channel's file name has at most {MaxNameBytes} bytes; this one has {bytes}.", nameof(name));
        }

        if (isPath)
        {
            return FullPathOf(name);
        }

        if (name[0] == '.' || name.AsSpan().IndexOfAnyExcept(s_nameCharacters) is var at and >= 0)
        {
            throw new ArgumentException(
                $"'{name}' is not a channel name: it may hold letters A to Z, digits, '.', '_' and '-', and must not begin with '.'. " +
                "For any other file name, pass a path such as './name'.",
                nameof(name));
        }

        return Path.Join(HostPlatform.Current.Segments.GetRuntimeDirectory(), name);
    }

    private static string FullPathOf(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception error) when (ChannelFault.IsOfFileFunctions(error))
        {
            throw ChannelFault.Of($"The path '{path}' is relative to the current directory, which cannot be determined", error);
        }
    }
}
