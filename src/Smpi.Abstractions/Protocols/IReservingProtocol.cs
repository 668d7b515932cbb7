namespace Smpi;

/// <summary>A protocol that takes something of the whole process for itself, such as standard output, before anybody else uses it.</summary>
public interface IReservingProtocol : IProtocol
{
    /// <summary>Takes it. Called when a channel or server is made, and when the services of a host are built; doing it again changes nothing.</summary>
    /// <exception cref="SmpiConfigurationException">It cannot be had in this process.</exception>
    void Reserve();
}
