using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Says who uses a channel, to whoever needs it unused.</summary>
internal static unsafe class InUseFault
{
    /// <summary>Somebody receives, where only one can.</summary>
    public static ChannelFault OfReceiver(SegmentFile file, string path) => Of(
        path, "a channel has one receiver", Receiver(file), "End it first, or receive from another channel.");

    /// <summary>Somebody takes part in a channel that was to be made, replaced or deleted.</summary>
    /// <param name="file">The channel, with no lock of its own.</param>
    /// <param name="path">Its path.</param>
    /// <param name="consequence">What is not done for that reason, in words.</param>
    /// <param name="advice">What to do, in a sentence.</param>
    public static ChannelFault OfAnybody(SegmentFile file, string path, string consequence, string advice) => Of(
        path,
        consequence,
        file.IsLockedElsewhere(LivenessDescriptor.Receiver, 1) ? Receiver(file)
            : FirstSender(file) ?? "Whoever used it is leaving now.",
        advice);

    private static ChannelFault Of(string path, string consequence, string occupant, string advice) =>
        new(FaultKind.InUse, $"Channel '{path}' is in use, {consequence}. {occupant} {advice}");

    private static string Receiver(SegmentFile file) => $"Its receiver {Describe(new SegmentHeader(file.Address).Receiver)}";

    private static string? FirstSender(SegmentFile file)
    {
        // Bounded by the file and not by its header, which may be of a layout that this program does not know.
        for (int slot = 0; slot < SegmentLayout.MaxSlotCount; slot++)
        {
            long offset = SegmentLayout.SlotsOffset + ((long)slot * SlotDescriptor.Size);
            if (offset + SlotDescriptor.Size > file.Length)
            {
                break;
            }

            if (file.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
            {
                return $"It has no receiver; its first sender {Describe(new IdentityBlock(file.Address + offset + SlotDescriptor.IdentityOffset))}";
            }
        }

        return null;
    }

    // A place is locked before its new holder is written down.
    private static string Describe(IdentityBlock identity) =>
        $"is or was '{identity.Name}', process {identity.ProcessId}, since {identity.Joined.ToLocalTime():yyyy-MM-dd HH:mm:ss}.";
}
