using System.Text;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Turns the name of a channel into the path of its file.</summary>
internal static class ChannelPath
{
    /// <summary>Leaves room, within the 255 bytes of a file name, for what <see cref="TemporaryFile"/> adds.</summary>
    private const int MaxNameBytes = 200;

    /// <summary>On Windows they include the colon, which would name a stream within a file, and wildcards.</summary>
    private static readonly char[] s_notInFileNames = Path.GetInvalidFileNameChars();

    /// <summary>A name with a separator is a path and is used as it is. A name without one lies in the runtime directory.</summary>
    /// <exception cref="ArgumentException">No channel can have this name.</exception>
    /// <exception cref="ChannelFault">The runtime directory cannot be used.</exception>
    public static string Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        bool isPath = name.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
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

        if (name[0] == '.' || !ConsistsOfNameCharacters(name))
        {
            throw new ArgumentException(
                $"'{name}' is not a channel name: it may hold letters A to Z, digits, '.', '_' and '-', and must not begin with '.'. " +
                "For any other file name, pass a path such as './name'.",
                nameof(name));
        }

        return Path.Join(HostPlatform.Current.Segments.GetRuntimeDirectory(), name);
    }

    private static bool ConsistsOfNameCharacters(string name)
    {
        foreach (char character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
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
