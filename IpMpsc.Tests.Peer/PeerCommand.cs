using IpMpsc.Tests.Peer.Commands;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer;

/// <summary>The scenarios that a peer process can play, one command each.</summary>
internal static class PeerCommand
{
    private const string Usage =
        """
        usage: IpMpsc.Tests.Peer COMMAND ...
          send     KIND FLAVOUR CHANNEL SENDER COUNT WAY MIN MAX   send COUNT probes
          receive  KIND CHANNEL SENDERS COUNT WAY                  receive COUNT probes of each sender
          echo     KIND FROM TO COUNT                              send back what comes
          sender   KIND FLAVOUR CHANNEL                            send as told on standard input
          receiver KIND CHANNEL                                    receive as told on standard input
          payloads CHANNEL SENDER LENGTH...                        send raw payloads of these lengths
          create   CHANNEL CAPACITY UMASK                          create a channel of bytes, wait
          collect  KIND CHANNEL BOARD LAST                         enter what comes into a board
          file     CALL CHANNEL                                    create, open, replace or delete a channel
          claims   CHANNEL COUNT                                   hold many claims at once
          endure   ROLE KIND BOARD                                 send or receive in spite of a hostile segment
          flood    KIND FLAVOUR CHANNEL BOARD SENDER MAX           send in all ways until told to stop
          idle     DIRECTORY RECEIVERS SECONDS                     wait in every way, say the processor time
          serve                                                    one command per line
          chaos    SECONDS SEED                                    kill and pause processes at random; no peer
        """;

    /// <summary>Whether a command is that of a peer, which ends when the test that started it goes away.</summary>
    public static bool ListensToTest(IReadOnlyList<string> words) => words is not [ChaosCommand.Name, ..];

    public static ExitCode Run(IReadOnlyList<string> words)
    {
        try
        {
            Dispatch(new Arguments(words));
            return ExitCode.Success;
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine($"{error.Message}\n{Usage}");
            return ExitCode.Usage;
        }
        catch (ProbeException error)
        {
            return Report(error, ExitCode.Wrong);
        }
        catch (ChannelException error)
        {
            return Report(error, ExitCode.Channel);
        }
        catch (Exception error)
        {
            return Report(error, ExitCode.Failure);
        }
    }

    private static void Dispatch(Arguments arguments)
    {
        switch (arguments.NextWord("COMMAND"))
        {
            case "send":
                SendCommand.Run(arguments);
                break;

            case "receive":
                ReceiveCommand.Run(arguments);
                break;

            case "echo":
                EchoCommand.Run(arguments);
                break;

            case "sender":
                SenderCommand.Run(arguments);
                break;

            case "receiver":
                ReceiverCommand.Run(arguments);
                break;

            case "payloads":
                PayloadsCommand.Run(arguments);
                break;

            case "create":
                CreateCommand.Run(arguments);
                break;

            case "collect":
                CollectCommand.Run(arguments);
                break;

            case "file":
                FileCommand.Run(arguments);
                break;

            case "claims":
                ClaimsCommand.Run(arguments);
                break;

            case "endure":
                EndureCommand.Run(arguments);
                break;

            case "flood":
                FloodCommand.Run(arguments);
                break;

            case ChaosCommand.Name:
                ChaosCommand.Run(arguments);
                break;

            case "idle":
                IdleCommand.Run(arguments);
                break;

            case "serve":
                ServeCommand.Run(arguments);
                break;

            case var unknown:
                throw new UsageException($"There is no command '{unknown}'.");
        }
    }

    private static ExitCode Report(Exception error, ExitCode code)
    {
        Console.Error.WriteLine(error);
        return code;
    }
}
