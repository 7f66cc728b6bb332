using System.Buffers;
using IpMpsc.Extensions.Hosting.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>A file of JSON lines. Each flush hands whole lines to the system, so a collector that is killed leaves no half line.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly Stream _file;
    private readonly ArrayBufferWriter<byte> _lines = new();

    public JsonFile(string path) => _file = path == "-"
        ? Console.OpenStandardOutput()
        : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);

    public void Add(in LogEvent entry) => JsonLine.Write(_lines, entry);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _file.WriteAsync(_lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
        _lines.ResetWrittenCount();
    }

    /// <summary>Forgets what was not handed over, because it comes again.</summary>
    public void Forget() => _lines.ResetWrittenCount();

    public void Dispose() => _file.Dispose();
}
