using System.Globalization;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Tells a caller that needs an unused channel which participant uses it.</summary>
internal static unsafe class InUseFault
{
    /// <summary>The channel already has its one receiver.</summary>
    public static ChannelFault OfReceiver(SegmentFile file, string path) => new(
        FaultKind.InUse,
        $"Channel '{path}' already has a receiver: {Describe(new SegmentHeader(file.Address).Receiver)}. " +
        $"A channel has one receiver: stop it first, or receive from another channel.");

    /// <summary>A channel that should be created, replaced or deleted has a participant.</summary>
    /// <param name="file">The channel; this file holds no lock on it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="consequence">What therefore was not done; continues the sentence "Channel 'x' is in use, ".</param>
    /// <param name="advice">What to do, as a sentence.</param>
    public static ChannelFault OfAnybody(SegmentFile file, string path, string consequence, string advice)
    {
        string occupant = file.IsLockedElsewhere(LivenessDescriptor.Receiver, 1)
            ? $"Its receiver is {Describe(new SegmentHeader(file.Address).Receiver)}."
            : FirstSender(file) ?? "Its last participant is leaving now.";
        return new ChannelFault(FaultKind.InUse, $"Channel '{path}' is in use, {consequence}. {occupant} {advice}");
    }

    private static string? FirstSender(SegmentFile file)
    {
        // The file bounds the search, not its header, which may have a layout that this program does not know.
        for (int slot = 0; slot < SegmentLayout.MaxSlotCount; slot++)
        {
            long offset = SegmentLayout.SlotsOffset + ((long)slot * SlotDescriptor.Size);
            if (offset + SlotDescriptor.Size > file.Length)
            {
                break;
            }

            if (file.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
            {
                return $"It has no receiver; its first sender is {Describe(new IdentityBlock(file.Address + offset + SlotDescriptor.IdentityOffset))}.";
            }
        }

        return null;
    }

    // A participant locks its place before it writes its identity, so the identity may still be the previous holder's.
    private static string Describe(IdentityBlock identity) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{identity.Name}' (process {identity.ProcessId}), since {identity.Joined.ToLocalTime():yyyy-MM-dd HH:mm:ss}");
}
