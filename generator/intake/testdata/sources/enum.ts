export enum ErrorCode { NotFound = 'not_found' }
