using System.Collections.Concurrent;
using System.Diagnostics;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>A trace crosses the channel: a handler's activity continues that of the sender.</summary>
public sealed class TraceContextTests
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private HandlingFixture _orders = null!;
    private ActivityListener _listener = null!;
    private Activity _request = null!;

    [SetUp]
    public void Listen()
    {
        _ended.Clear();
        _orders = new HandlingFixture();
        _request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "IpMpsc",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("messaging.destination.name") is "orders"
                    && (activity.TraceId == _request.TraceId || activity.Links.Any(link => link.Context.TraceId == _request.TraceId)))
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [TearDown]
    public void StopListening()
    {
        _listener.Dispose();
        _request.Dispose();
        _orders.Dispose();
    }

    [Test]
    public void HandlerContinuesTheTraceOfTheSender()
    {
        ConcurrentQueue<ActivityTraceId> seen = [];
        _orders.Inbox.Work = (_, _) =>
        {
            seen.Enqueue(Activity.Current!.TraceId);
            return ValueTask.CompletedTask;
        };
        Send(2);
        _orders.Start();
        Activity[] ended = AwaitEnded(2);

        Assert.That(seen, Is.All.EqualTo(_request.TraceId).And.Exactly(2).Items);
        Assert.That(ended.Select(activity => (activity.OperationName, activity.Kind, activity.ParentSpanId)), Is.All.EqualTo(("process orders", ActivityKind.Consumer, _request.SpanId)));
        Assert.That(ended.Select(activity => activity.GetTagItem("messaging.system")), Is.All.EqualTo("ipmpsc"));
    }

    [Test]
    public void BatchIsLinkedToEachSender()
    {
        Send(3);
        _orders.StartWith([("BatchSize", "10")], services => services.AddChannelBatchReceiver<Order, Handlers.Batch>("orders"));
        Activity batch = AwaitEnded(1)[0];

        Assert.That(batch.Links.Select(link => link.Context.SpanId), Is.All.EqualTo(_request.SpanId).And.Exactly(3).Items);
        Assert.That(batch.GetTagItem("messaging.batch.message_count"), Is.EqualTo(3));
    }

    [Test]
    public void FailureIsNoted()
    {
        _orders.Inbox.Work = (_, _) => throw new InvalidOperationException("out of stock");
        Send(1);
        _orders.Start(("OnFailure", "DeadLetter"), ("MaxAttempts", "1"));
        Activity failed = AwaitEnded(1)[0];

        Assert.That((failed.Status, failed.StatusDescription), Is.EqualTo((ActivityStatusCode.Error, "out of stock")));
        Assert.That(failed.Events.Select(entry => entry.Name), Is.EqualTo(["exception"]));
    }

    [Test]
    public void SendersOfTheHostTraceIfTheConfigurationSaysSo()
    {
        using Receiver<Order> receiver = Receiver<Order>.OpenOrCreate(_orders["traced"]);
        using Microsoft.Extensions.Hosting.IHost host = TestHost.Build(
            _orders.Log,
            [("IpMpsc:Channels:traced:Path", _orders["traced"]), ("IpMpsc:Channels:traced:TraceMessages", "true")],
            builder => builder.Services.AddChannelSender<Order>("traced"));
        host.Services.GetRequiredService<Sender<Order>>().Send(new Order { Text = "one" });

        using HeldMessage<Order> message = receiver.Hold();
        Assert.That(message.Trace!.Value.Context.SpanId, Is.EqualTo(_request.SpanId));
    }

    private void Send(int count)
    {
        using Sender<Order> sender = Sender<Order>.Open(_orders.Path, new IpcChannelOptions { TraceMessages = true });
        for (int number = 0; number < count; number++)
        {
            sender.Send(new Order { Number = number, Text = "traced" });
        }
    }

    private Activity[] AwaitEnded(int count)
    {
        Patience.Until(() => _ended.Count == count, "the activities have ended");
        return [.. _ended];
    }
}
