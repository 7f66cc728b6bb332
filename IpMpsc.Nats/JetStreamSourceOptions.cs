using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats;

/// <summary>How a channel goes into a stream.</summary>
public sealed class JetStreamSourceOptions : JetStreamOptions
{
    /// <summary>The smallest <see cref="BatchBytes"/>.</summary>
    public const int MinBatchBytes = 256;

    /// <summary>The largest <see cref="BatchBytes"/>, the largest payload that a broker can be set to.</summary>
    public const int MaxBatchBytes = 64 << 20;

    /// <summary>The largest <see cref="Window"/>.</summary>
    public const int MaxWindow = 4096;

    private int _batchBytes = 32 << 10;
    private int _window = 64;
    private TimeSpan _ackTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many bytes of messages travel together at most, 256 to 67,108,864; 32 KiB by default. The bridge does not wait for a batch to become full: it takes
    /// what the channel holds. A message that is larger travels alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too small or too large.</exception>
    public int BatchBytes
    {
        get => _batchBytes;
        set => _batchBytes = value is >= MinBatchBytes and <= MaxBatchBytes
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A batch has {MinBatchBytes} to {MaxBatchBytes} bytes.");
    }

    /// <summary>
    /// How many batches may be on their way to the broker and not acknowledged, 1 to 4,096; 64 by default. While other channels write
    /// into the same stream it is 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is too small or too large.</exception>
    public int Window
    {
        get => _window;
        set => _window = value is >= 1 and <= MaxWindow
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A window has 1 to {MaxWindow} batches.");
    }

    /// <summary>
    /// How long the broker may leave a batch without an acknowledgement before the bridge connects anew and looks what arrived; 5 s by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero.</exception>
    public TimeSpan AckTimeout
    {
        get => _ackTimeout;
        set => _ackTimeout = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "An acknowledgement takes time: the timeout must be above zero.");
    }

    /// <summary>Whether the bridge creates the stream if it does not exist; true by default. Otherwise it waits for it.</summary>
    public bool CreateStream { get; set; } = true;

    /// <summary>
    /// Changes the settings of a stream that the bridge creates: limits, replicas, placement. One that exists keeps its settings. By default the
    /// stream lies in files, keeps everything and has no limits.
    /// </summary>
    public Action<StreamConfig>? ConfigureStream { get; set; }
}
