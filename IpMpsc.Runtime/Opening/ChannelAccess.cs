using IpMpsc.Dropping;
using IpMpsc.Judging;
using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Opening;

/// <summary>Opens channels for the public types, in their terms: names, options and public exceptions.</summary>
internal static class ChannelAccess
{
    private const string TemporaryPrefix = "temporary-";

    /// <summary>While there are no more temporary channels than this, each new name removes those that are left behind.</summary>
    private const int MostAlwaysSwept = 16;

    private static int s_namesSinceSweep;
    private static int s_foundBySweep;

    private static readonly IpcChannelOptions s_defaults = new();

    public static RingConsumer OpenReceiver(string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema)
    {
        Attachment attachment = Open(name, options, mode, ChannelRole.Receiver, schema);
        RingConsumer consumer = new(attachment)
        {
            DropRule = DropRules.Of((options ?? s_defaults).FullMode, attachment),
            DeletesChannel = options?.DeleteOnDispose ?? false,
            EndsWithSenders = options?.EndWithSenders ?? false,
            Budget = BudgetOf(options),
        };
        ChannelMeter.Add(consumer);
        return consumer;
    }

    public static ProducerPool OpenSender(string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema) =>
        new(
            Open(name, options, mode, ChannelRole.Sender, schema),
            ParticipantName(options),
            options?.FailWhenFullWithoutReceiver ?? false,
            BudgetOf(options));

    public static RingProducer OpenExclusiveSender(
        string name, IpcChannelOptions? options, OpenMode mode, ExpectedSchema schema, string? source = null)
    {
        Attachment attachment = Open(name, options, mode, ChannelRole.Sender, schema, source);
        RingProducer producer = new(attachment, attachment.FirstSlot)
        {
            FailsWithoutReceiver = options?.FailWhenFullWithoutReceiver ?? false,
            Budget = BudgetOf(options),
        };
        attachment.RemoveUser(); // The producer is the only user.
        ChannelMeter.Add(producer);
        return producer;
    }

    /// <summary>
    /// A unique name for a channel that ends with its receiver. This call also removes such channels whose receiver was
    /// killed and that no process has open.
    /// </summary>
    public static string NewTemporaryName()
    {
        // Only now and then, so that a name costs the same beside thousands of temporary channels.
        if (Interlocked.Increment(ref s_namesSinceSweep) > Volatile.Read(ref s_foundBySweep) - MostAlwaysSwept)
        {
            Volatile.Write(ref s_foundBySweep, RemoveDesertedTemporaries());
            Volatile.Write(ref s_namesSinceSweep, 0);
        }

        return $"{TemporaryPrefix}{Guid.NewGuid():N}";
    }

    /// <returns>How many temporary channels there were.</returns>
    private static int RemoveDesertedTemporaries()
    {
        int found = 0;
        try
        {
            string directory = HostPlatform.Current.Segments.GetRuntimeDirectory();
            foreach (string path in SegmentStore.FilesIn(directory, $"{TemporaryPrefix}*"))
            {
                if (IsTemporaryName(Path.GetFileName(path)))
                {
                    found++;
                    TryDeleteUnused(path);
                }
            }
        }
        catch (ChannelFault)
        {
            // The channel that gets the name meets the same directory, and reports it.
        }

        return found;
    }

    private static void TryDeleteUnused(string path)
    {
        try
        {
            ChannelRemover.Delete(path, evenIfInUse: false, OwnerRule.SelfOnly);
        }
        catch (ChannelFault)
        {
            // A participant still has it open, or another process removes it.
        }
    }

    /// <summary>The options of a channel that ends with its receiver.</summary>
    public static IpcChannelOptions Temporary(IpcChannelOptions? options) => (options ?? s_defaults) with { DeleteOnDispose = true };

    /// <summary>Whether a channel of this name ends with its receiver.</summary>
    public static bool IsTemporaryName(string name) =>
        name.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(TemporaryPrefix.Length), "N", out _);

    private static SpinBudget BudgetOf(IpcChannelOptions? options) => (options ?? s_defaults).WaitStrategy.ToBudget();

    private static string ParticipantName(IpcChannelOptions? options) => (options ?? s_defaults).ParticipantName;

    private static Attachment Open(
        string name, IpcChannelOptions? options, OpenMode mode, ChannelRole role, ExpectedSchema schema, string? source = null)
    {
        options ??= s_defaults;
        Preparation.Begin();
        Shortcomings.Tell();
        try
        {
            ChannelSpec spec = new()
            {
                Path = ChannelPath.Resolve(name),
                Capacity = options.Capacity,
                SlotCount = options.MaxSenders,
                ParticipantName = options.ParticipantName,
                Prefault = options.Prefault,
                Traces = options.TraceMessages,
                Source = source,
                Access = options.Access.FileAccess,
                TrustedOwners = ChannelOwner.RulesOf(options.TrustedOwners),
                Schema = schema.Text,
                DescribeDifference = schema.DescribeDifference,
            };
            Attachment attachment = ChannelOpener.Open(spec, mode, role);
            attachment.DropsNewest = options.FullMode == FullMode.DropNewest;
            VerdictMeter.Add(attachment.Path, options.TrustedOwners);
            return attachment;
        }
        catch (ChannelFault fault)
        {
            throw ChannelException.From(fault);
        }
    }
}
