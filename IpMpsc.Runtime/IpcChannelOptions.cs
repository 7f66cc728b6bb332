using System.Globalization;
using System.Numerics;
using System.Reflection;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>
/// How to create a channel, and what an existing one must be like. If a value is unset, it means the default when a channel is created, and
/// any value when one is opened.
/// </summary>
public sealed record IpcChannelOptions
{
    // The assembly first: the path is that of 'dotnet' if the program was started by it.
    private static readonly string s_programName =
        Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "unknown";

    private long? _capacity;
    private int? _maxSenders;
    private FullMode _fullMode;
    private string _participantName = s_programName;
    private ChannelSharing _access = ChannelSharing.OwnerOnly;

    /// <summary>The smallest capacity, 64 bytes.</summary>
    public const long MinCapacity = SegmentLayout.MinCapacity;

    /// <summary>The largest capacity, 2 GiB.</summary>
    public const long MaxCapacity = SegmentLayout.MaxCapacity;

    /// <summary>
    /// Size of the ring in bytes, a power of two from 64 to 2 GiB; 1 MiB by default. A message takes
    /// its payload plus 16 bytes, rounded up to a multiple of 16; the largest payload is the capacity
    /// minus 16.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a power of two, or is too small or too large.</exception>
    public long? Capacity
    {
        get => _capacity;
        set => _capacity = value is null || SegmentLayout.IsCapacity(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                string.Create(CultureInfo.InvariantCulture, $"A capacity is a power of two from {MinCapacity:N0} to {MaxCapacity:N0} bytes; ") +
                string.Create(CultureInfo.InvariantCulture, $"the next one is {RoundUp(value.Value):N0}."));
    }

    /// <summary>
    /// How many senders may have the channel open at once, 1 to 4,096; 64 by default. An
    /// <see cref="ExclusiveSender{T}"/> counts as one, a <see cref="Sender{T}"/> as many times as it
    /// had claims in flight at once. Each takes 128 bytes of the file.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than 4,096.</exception>
    public int? MaxSenders
    {
        get => _maxSenders;
        set => _maxSenders = value is null or (>= SegmentLayout.MinSlotCount and <= SegmentLayout.MaxSlotCount)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                string.Create(CultureInfo.InvariantCulture, $"MaxSenders is a number from {SegmentLayout.MinSlotCount:N0} to {SegmentLayout.MaxSlotCount:N0}."));
    }

    /// <summary>
    /// What this participant is called in messages and tools; the program's name by default. Up to 48
    /// bytes of UTF-8 are kept.
    /// </summary>
    public string ParticipantName
    {
        get => _participantName;
        set => _participantName = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// Whether the receiver deletes the channel when it is disposed. Otherwise the channel stays, with
    /// the messages that were not received, for the next receiver.
    /// </summary>
    public bool DeleteOnDispose { get; set; }

    /// <summary>
    /// For a receiver: whether waiting ends when every sender has left and everything was received. A
    /// loop over <see cref="Receiver{T}.ReadAll"/> then ends, and <see cref="Receiver{T}.Receive"/> throws
    /// <see cref="ChannelCompletedException"/>. Each sender counts once: after a receiver has seen the end and is
    /// disposed, the next receiver of the channel waits for new senders. A sender that joined and left while there was no receiver
    /// counts for the next receiver.
    /// </summary>
    public bool EndWithSenders { get; set; }

    /// <summary>
    /// For a sender: whether waiting for room ends with a <see cref="ReceiverGoneException"/> when no
    /// receiver is attached. Otherwise a sender waits for the next receiver.
    /// </summary>
    public bool FailWhenFullWithoutReceiver { get; set; }

    /// <summary>
    /// What happens to messages when senders are faster than the receiver; <see cref="FullMode.Wait"/> by default: nothing is dropped. For a sender,
    /// <see cref="FullMode.DropNewest"/> replaces the wait for room of <c>Send</c>, <c>SendAsync</c> and <c>SendBatch</c>: they drop the message. Calls whose names begin with
    /// <c>Try</c> return false as always, claims wait, and <see cref="FailWhenFullWithoutReceiver"/> has no effect. For a receiver, <see cref="FullMode.DropOldest"/> and
    /// <see cref="FullMode.LatestOnly"/> say which messages it steps over.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a value of <see cref="FullMode"/>.</exception>
    public FullMode FullMode
    {
        get => _fullMode;
        set => _fullMode = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "FullMode is Wait, DropNewest, DropOldest or LatestOnly.");
    }

    /// <summary>
    /// How this participant waits in calls that block: <see cref="WaitStrategy.Adaptive"/> by default.
    /// </summary>
    public WaitStrategy WaitStrategy { get; set; }

    /// <summary>
    /// Whether opening the channel also maps all of its pages (pre-touches them, or populates the mapping); false by default. Otherwise
    /// the system maps each page of 4 KiB at its first use, which slows down the messages of the first lap. Set it for a large ring
    /// whose first messages are urgent. Each participant decides for itself, and the content is not changed. If the channel is on a
    /// disk, every page then counts as changed, and the system writes it once.
    /// </summary>
    public bool Prefault { get; set; }

    /// <summary>
    /// For a sender: whether each message carries the time at which it is sent and the context of <see cref="System.Diagnostics.Activity.Current"/>,
    /// which takes 48 bytes more of the ring and some 50 nanoseconds; false by default. Receivers find them in <see cref="ReceivedMessage{T}.Trace"/>
    /// and need no option. Each sender decides for itself, and one that does not ask for it pays nothing.
    /// </summary>
    public bool TraceMessages { get; set; }

    /// <summary>
    /// Who besides the owner may open a channel that this participant creates: nobody by default. The directory must let them in as well.
    /// </summary>
    public ChannelSharing Access
    {
        get => _access;
        set => _access = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// The owners whose channels this participant opens; if unset, only its own user. A list without <see cref="ChannelOwner.Self"/>
    /// excludes that user.
    /// </summary>
    public IReadOnlyList<ChannelOwner>? TrustedOwners { get; set; }

    /// <summary>The smallest capacity of at least so many bytes, or the largest there is.</summary>
    internal static long RoundUp(long capacity) => capacity <= MinCapacity
        ? MinCapacity
        : (long)Math.Min(BitOperations.RoundUpToPowerOf2((ulong)capacity), (ulong)MaxCapacity);
}
