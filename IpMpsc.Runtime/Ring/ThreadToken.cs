using System.Runtime.CompilerServices;

namespace IpMpsc.Ring;

/// <summary>
/// A number of the current thread that no other thread ever has. <see cref="Environment.CurrentManagedThreadId"/> is given to
/// another thread when its own has ended, and takes an object to look it up.
/// </summary>
internal static class ThreadToken
{
    private static int s_last;

    [ThreadStatic]
    private static int t_token;

    /// <summary>The token of this thread; 0 is that of no thread.</summary>
    public static int Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int token = t_token;
            return token != 0 ? token : Assign();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Assign() => t_token = Interlocked.Increment(ref s_last);
}
