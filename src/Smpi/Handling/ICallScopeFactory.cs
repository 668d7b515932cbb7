namespace Smpi;

/// <summary>Makes the services of a call. The package for dependency injection implements it.</summary>
public interface ICallScopeFactory
{
    /// <summary>Makes the services of one call.</summary>
    /// <param name="context">The call.</param>
    ICallScope Create(CallContext context);
}
