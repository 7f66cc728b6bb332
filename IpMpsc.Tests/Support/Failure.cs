namespace IpMpsc.Tests.Support;

/// <summary>The exception of a call that was made here or in a peer.</summary>
internal sealed record Failure(string Type, string Message)
{
    /// <summary>Makes a call that must fail.</summary>
    public static Failure Of(Action call)
    {
        try
        {
            call();
        }
        catch (PeerFailureException remote)
        {
            return remote.Failure;
        }
        catch (Exception error) when (error is not (AssertionException or MultipleAssertException))
        {
            return new Failure(error.GetType().Name, error.Message);
        }

        Assert.Fail("The call should have failed.");
        return null!;
    }

    /// <summary>Requires a type of exception and parts of its message.</summary>
    public void Expect<T>(params string[] told) where T : Exception
    {
        Assert.That(Type, Is.EqualTo(typeof(T).Name), () => Message);
        foreach (string part in told)
        {
            Assert.That(Message, Does.Contain(part));
        }
    }
}
