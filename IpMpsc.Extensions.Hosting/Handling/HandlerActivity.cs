using System.Diagnostics;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>
/// The activity in which a message is handled, all attempts included. It continues the trace of the activity that sent the message, if the sender sets
/// <see cref="IpcChannelOptions.TraceMessages"/>; that of a batch has a link to each.
/// </summary>
/// <remarks>Names and tags are those of OpenTelemetry's conventions for messaging.</remarks>
internal static class HandlerActivity
{
    private static readonly ActivitySource s_source = new("IpMpsc");

    /// <summary>Starts the activity, if somebody listens to the source "IpMpsc".</summary>
    public static Activity? Start<TMessage>(string channel, Work<TMessage> work)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        ActivityContext[] senders = [.. work.Held.Select(static held => held.Trace?.Context ?? default).Where(static context => context != default)];
        bool isSingle = work.Count == 1;
        Activity? activity = s_source.StartActivity(
            $"process {channel}",
            ActivityKind.Consumer,
            isSingle ? senders.FirstOrDefault() : default,
            tags: null,
            links: isSingle ? null : senders.Select(static context => new ActivityLink(context)));
        activity?.SetTag("messaging.system", "ipmpsc");
        activity?.SetTag("messaging.operation.type", "process");
        activity?.SetTag("messaging.destination.name", channel);
        if (!isSingle)
        {
            activity?.SetTag("messaging.batch.message_count", work.Count);
        }

        return activity;
    }

    /// <summary>Notes that a message could not be handled.</summary>
    public static void Fail(Exception failure)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Message);
        Activity.Current?.AddException(failure);
    }
}
