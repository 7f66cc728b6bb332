using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Tool.Printing;

/// <summary>
/// The standard output, written at once and message by message, so that a message leaves its channel only
/// when it has been written.
/// </summary>
internal sealed class MessageOutput : IDisposable
{
    private readonly Stream _stream = Open();

    /// <summary>Writes; false if the reader of the output has gone.</summary>
    public bool TryWrite(ReadOnlySpan<byte> text)
    {
        try
        {
            _stream.Write(text);
            _stream.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>
    /// On Unix the console's own stream ends silently when the reader of a pipe has gone, and a tail into
    /// "head" would go on emptying the channel; the descriptor says so.
    /// </summary>
    private static Stream Open()
    {
        if (!OperatingSystem.IsWindows())
        {
            FileStream descriptor = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!descriptor.CanSeek)
            {
                return descriptor;
            }

            descriptor.Dispose(); // A file has no reader to lose, and a position of its own from which others continue.
        }

        return Console.OpenStandardOutput();
    }
}
