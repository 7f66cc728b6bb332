using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using IpMpsc.Layout;
using IpMpsc.Sending;

namespace IpMpsc.Tests.Architecture;

/// <summary>The walks through the library in docs/design.md are the ways that its compiled code takes.</summary>
public sealed class WalkTests
{
    private const string Send = "From `sender.Send(in message)`";
    private const string Receive = "From `receiver.Receive()`";
    private const string AsynchronousSend = "A `SendAsync` that must wait";
    private const string Open = "Opening a channel";

    private const int MostFiles = 11;
    private const int MostFolders = 4;

    private static readonly string[] s_walks = [Send, AsynchronousSend, Receive, Open];

    /// <summary>What replaces the type parameters: the sender is shared, and its message is of a generated type.</summary>
    private static readonly Dictionary<Type, Type> s_standsFor = new()
    {
        [typeof(IProducerSource)] = typeof(ProducerPool),
        [typeof(IPayload)] = typeof(TypedPayload<>),
    };

    [Test]
    public void EachFileLiesInItsFolder([ValueSource(nameof(s_walks))] string introduction) => Assert.That(Of(introduction).MissingFiles, Is.Empty);

    [Test]
    public void EachFileIsUsedByAnEarlierOne([ValueSource(nameof(s_walks))] string introduction) =>
        Assert.That(Of(introduction).UnreachedFiles, Is.Empty);

    [Test]
    public void SendAndReceiveAreShort([Values(Send, Receive)] string introduction)
    {
        Walk walk = Of(introduction);
        Assert.That(walk.Files, Has.Length.InRange(2, MostFiles));
        Assert.That(walk.Folders, Has.Length.InRange(2, MostFolders));
    }

    /// <summary>An asynchronous send returns to its queue, whose turn it is when the thread that waits for it has been woken.</summary>
    [Test]
    public void EachFolderIsEnteredOnce([Values(Send, Receive, Open)] string introduction) => Assert.That(Of(introduction).Folders, Is.Unique);

    /// <summary>
    /// The table has every file on the way. The way is what runs if nothing hinders the call: every method that is called, except for
    /// those that are marked as out of line because they serve the other cases.
    /// </summary>
    [TestCase(Send, typeof(Sender<>), nameof(Sender<>.Send), nameof(SharedWord.StoreStamp))]
    [TestCase(Receive, typeof(Receiver<>), nameof(Receiver<>.Receive), nameof(SharedWord.StoreHead))]
    public void EachFileOnTheWayIsInTheTable(string introduction, Type start, string method, string lastStep)
    {
        HashSet<MethodBase> way = [];
        Assert.That(Follow(start.GetMethod(method)!, lastStep, way), $"The calls do not lead to {lastStep}");
        Assert.That(
            way.Select(called => Walk.FileOf(called.DeclaringType!)).Distinct().Except(Of(introduction).Files.Select(file => file.File)),
            Is.Empty);
    }

    /// <summary>Follows calls in the order of the code, depth first, and notes each method; true at the last step.</summary>
    private static bool Follow(MethodBase method, string lastStep, HashSet<MethodBase> way) =>
        way.Add(method)
        && (method.Name == lastStep
            || Dependencies.CallsOf(method).Select(InTheUsualCase).OfType<MethodBase>().Any(called => Follow(called, lastStep, way)));

    /// <summary>The method that is called if nothing hinders the call; null if it is not one of the library's.</summary>
    private static MethodBase? InTheUsualCase(MethodBase called)
    {
        Type type = called.DeclaringType!.IsGenericType ? called.DeclaringType.GetGenericTypeDefinition() : called.DeclaringType;
        if (type.Assembly != typeof(IpcChannelOptions).Assembly
            || called.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining)
            || called.IsDefined(typeof(ConditionalAttribute))
            || called.IsDefined(typeof(DoesNotReturnAttribute)))
        {
            return null;
        }

        return s_standsFor.TryGetValue(type, out Type? actual) ? actual.GetMethod(called.Name)
            : type.IsInterface ? null // The generated code of the message.
            : MethodBase.GetMethodFromHandle(called.MethodHandle, type.TypeHandle);
    }

    private static Walk Of(string introduction) => new(introduction, typeof(IpcChannelOptions).Assembly);
}
