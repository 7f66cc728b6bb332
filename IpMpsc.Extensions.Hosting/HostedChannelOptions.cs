namespace IpMpsc.Extensions.Hosting;

/// <summary>
/// One channel of the application. The section <c>IpMpsc:Channels:NAME</c> of the configuration sets these
/// properties, and the host checks them before any service starts.
/// </summary>
/// <remarks>
/// A property that is not set takes the default when the channel is created and accepts any value when it is opened,
/// as with <see cref="IpcChannelOptions"/>.
/// </remarks>
public sealed class HostedChannelOptions
{
    /// <summary>
    /// A name in the user's runtime directory, or a path. If it is not set, the channel has the name under which the
    /// application knows it.
    /// </summary>
    public string? Path { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.Capacity" path="/summary" />
    /// <remarks>The configuration also takes units: <c>"16 MiB"</c>.</remarks>
    public long? Capacity { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.MaxSenders" path="/summary" />
    public int? MaxSenders { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.ParticipantName" path="/summary" />
    public string? ParticipantName { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.WaitStrategy" path="/summary" />
    /// <remarks>The configuration takes what <see cref="IpMpsc.WaitStrategy.Parse"/> reads.</remarks>
    public WaitStrategy WaitStrategy { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.Prefault" path="/summary" />
    public bool Prefault { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.DeleteOnDispose" path="/summary" />
    public bool DeleteOnDispose { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.EndWithSenders" path="/summary" />
    public bool EndWithSenders { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.FailWhenFullWithoutReceiver" path="/summary" />
    public bool FailWhenFullWithoutReceiver { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.FullMode" path="/summary" />
    public FullMode FullMode { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.TraceMessages" path="/summary" />
    public bool TraceMessages { get; set; }

    /// <inheritdoc cref="IpcChannelOptions.Access" path="/summary" />
    /// <remarks>The configuration takes <c>OwnerOnly</c>, <c>Group:NAME</c> or <c>Observers:NAME</c>.</remarks>
    public ChannelSharing Access { get; set; } = ChannelSharing.OwnerOnly;

    /// <inheritdoc cref="IpcChannelOptions.TrustedOwners" path="/summary" />
    /// <remarks>The configuration takes a list such as <c>Self, Root, User:alice, MemberOf:market</c>.</remarks>
    public IReadOnlyList<ChannelOwner>? TrustedOwners { get; set; }

    /// <summary>How a hosted receiver calls its handler; the section <c>Handler</c>.</summary>
    public ChannelHandlerOptions Handler { get; } = new();

    /// <summary>When the channel counts as unhealthy; the section <c>Health</c>.</summary>
    public ChannelHealthOptions Health { get; } = new();

    /// <summary>What the configuration got wrong; the validation reports it.</summary>
    internal List<string> Faults { get; } = [];

    /// <summary>These options in the form in which channels are opened.</summary>
    /// <exception cref="ArgumentException">A value is one that no channel can have.</exception>
    public IpcChannelOptions ToIpcChannelOptions()
    {
        IpcChannelOptions defaults = new();
        return new IpcChannelOptions
        {
            Capacity = Capacity,
            MaxSenders = MaxSenders,
            ParticipantName = ParticipantName ?? defaults.ParticipantName,
            WaitStrategy = WaitStrategy,
            Prefault = Prefault,
            DeleteOnDispose = DeleteOnDispose,
            EndWithSenders = EndWithSenders,
            FailWhenFullWithoutReceiver = FailWhenFullWithoutReceiver,
            FullMode = FullMode,
            TraceMessages = TraceMessages,
            Access = Access,
            TrustedOwners = TrustedOwners,
        };
    }
}
